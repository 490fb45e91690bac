package webhook

import (
	"encoding/base64"
	"net"
	"net/url"
	"strings"
	"testing"
)

// FuzzCheckURL checks that an accepted URL leads to the internet by https, or to
// this machine, as parsed by the standard library, and that no error contains
// the URL, which is a secret.
func FuzzCheckURL(f *testing.F) {
	for _, raw := range []string{
		"https://hooks.slack.example/services/T0/B0/secret", "http://127.0.0.1:1234/x", "http://localhost/", "https://10.0.0.1/", "https://0x7f.1/",
		"https://2130706433/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/", "https://user:secret@host.example/", "https://１２７.0.0.1/",
		"https://localhost./", "https://a.localhost/", "ftp://x.example", "https://%00/", "https://[64:ff9b::7f00:1]/", "//x.example", "https:\\\\x.example",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		err := CheckURL(raw, false)
		if err != nil {
			if len(raw) > 20 && strings.Contains(err.Error(), raw) {
				t.Fatalf("%q is disclosed by %q", raw, err)
			}
			return
		}
		u, parsed := url.Parse(raw)
		if parsed != nil || u.User != nil || u.Host == "" {
			t.Fatalf("%q is allowed", raw)
		}
		host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
		ip := net.ParseIP(strings.SplitN(host, "%", 2)[0])
		loopback := host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
		switch {
		case u.Scheme == "http" && loopback:
		case u.Scheme != "https", loopback:
			t.Fatalf("%q is allowed", raw)
		case ip != nil && (ip.IsPrivate() || ip.IsUnspecified() || ip.IsLinkLocalUnicast() || ip.IsMulticast()):
			t.Fatalf("%q is allowed, which leads to %v", raw, ip)
		case ip == nil && strings.Trim(host, "0123456789abcdefx.") == "" && strings.Trim(host[strings.LastIndexByte(host, '.')+1:], "0123456789") == "":
			t.Fatalf("%q is allowed, which may be a number for an address", raw)
		}
	})
}

// FuzzSecret checks that a secret is either a valid key, or rejected without
// being disclosed.
func FuzzSecret(f *testing.F) {
	for _, secret := range []string{"", "short", "whsec_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%", "whsec_AA==\n"} {
		f.Add(secret)
	}
	f.Fuzz(func(t *testing.T, secret string) {
		keys, err := signingKeys(secret)
		if err != nil {
			if rest := strings.TrimPrefix(secret, "whsec_"); len(rest) > 10 && strings.Contains(err.Error(), rest) {
				t.Fatalf("%q is disclosed by %q", secret, err)
			}
			return
		}
		if (len(keys) == 0) != (secret == "") {
			t.Fatalf("%q: %q", secret, keys)
		}
		for _, list := range strings.Fields(signatures(keys, "id", "1", []byte("body"))) {
			signed, found := strings.CutPrefix(list, "v1,")
			if sum, err := base64.StdEncoding.DecodeString(signed); !found || err != nil || len(sum) != 32 {
				t.Fatalf("signed %q", signed)
			}
		}
	})
}
