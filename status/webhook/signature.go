package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"backupcheck/status/history"
)

// CheckSecret returns an error that says what is wrong with a secret; nil if
// nothing is. The error doesn't hold the secret.
func CheckSecret(secret string) error {
	_, err := signingKey(secret, "")
	return err
}

// signingKey is the key that posts are signed with.
func signingKey(secret, url string) ([]byte, error) {
	if secret == "" {
		return []byte(url), nil
	}
	encoded, standard := strings.CutPrefix(secret, "whsec_")
	if !standard {
		return []byte(secret), nil
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(key) == 0 {
		return nil, errors.New("the webhook's secret begins with whsec_, but base64 doesn't follow")
	}
	return key, nil
}

// messageID is the same in each try at a change, and another for each change.
func messageID(p history.Post) string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(p.At.Unix(), 10) + " " + p.Service))
	return "change_" + hex.EncodeToString(sum[:12])
}

// signature signs a post in the form of Standard Webhooks.
func signature(key []byte, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
