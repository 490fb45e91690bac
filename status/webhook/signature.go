package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// signingKeys returns the keys of a secret. Libraries of receivers decode it as
// base64, whether or not it begins with whsec_; others take the bytes of one that
// doesn't. So such a secret has two keys if it can be decoded. The error doesn't
// contain the secret.
func signingKeys(secret string) ([][]byte, error) {
	encoded, standard := strings.CutPrefix(secret, "whsec_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	decoded := err == nil && len(key) > 0
	switch {
	case secret == "":
		return nil, nil
	case standard && !decoded:
		return nil, errors.New("the webhook's secret begins with whsec_, but base64 doesn't follow")
	case standard:
		return [][]byte{key}, nil
	case decoded:
		return [][]byte{key, []byte(secret)}, nil
	}
	return [][]byte{[]byte(secret)}, nil
}

// messageID returns the webhook-id of a post: of the same kind and content, it is
// the same in each attempt.
func messageID(kind, content string) string {
	sum := sha256.Sum256([]byte(content))
	return kind + "_" + hex.EncodeToString(sum[:12])
}

// signatures returns the signatures of a post by each key, as Standard Webhooks
// defines them.
func signatures(keys [][]byte, id, timestamp string, body []byte) string {
	var list []string
	for _, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + timestamp + "."))
		mac.Write(body)
		list = append(list, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(list, " ")
}
