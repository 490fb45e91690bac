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

// CheckSecret returns an error if a secret is invalid. The error doesn't
// contain the secret.
func CheckSecret(secret string) error {
	_, err := signingKey(secret, "")
	return err
}

// signingKey returns the key that signs the posts.
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

// messageID returns the webhook-id of a change, the same in each attempt.
func messageID(p history.Post) string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(p.At.Unix(), 10) + " " + p.Service))
	return "change_" + hex.EncodeToString(sum[:12])
}

// signature returns the signature of a post, as Standard Webhooks defines it.
func signature(key []byte, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
