package webhook_test

import (
	"strconv"
	"strings"
	"testing"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"backupcheck/status/webhook"
)

// The verifier is the Standard Webhooks library.
func TestReceiversCanVerify(t *testing.T) {
	const standard = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	for what, secret := range map[string]string{"a standard secret": standard, "a password": "correct horse", "none": ""} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.reads()
		s.reads(ongoing("Issue"))
		sender := s.sender(r)
		sender.Secret = secret
		if err := sender.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		p := r.got()[0]
		verifier, err := standardwebhooks.NewWebhookRaw([]byte(secret))
		switch secret {
		case standard:
			verifier, err = standardwebhooks.NewWebhook(secret)
		case "": // the URL is used as the secret
			verifier, err = standardwebhooks.NewWebhookRaw([]byte(r.url))
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := verifier.VerifyIgnoringTimestamp(p.raw, p.header); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if at := p.header.Get("webhook-timestamp"); at != strconv.FormatInt(s.clock().Unix(), 10) {
			t.Errorf("%s: timestamp %s", what, at)
		}
		p.header.Set("webhook-id", "change_0")
		if verifier.VerifyIgnoringTimestamp(p.raw, p.header) == nil {
			t.Errorf("%s: the signature is also valid for another change", what)
		}
	}
}

func TestEachChangeHasAUniqueID(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.reads()
	for range 3 {
		s.reads(ongoing("Issue"))
		s.reads(resolved("Issue"))
	}
	if err := s.sender(r).Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, p := range r.got() {
		ids[p.header.Get("webhook-id")] = true
	}
	if len(ids) != 6 {
		t.Errorf("6 changes have the ids %v", ids)
	}
	for _, service := range []string{"iCloud Backup", "Photos"} { // at the same time
		ids[postOf(t, service, row(), row(ongoing("Issue"))).header.Get("webhook-id")] = true
	}
	if len(ids) != 7 { // the first one is already among them
		t.Errorf("7 changes have the ids %v", ids)
	}
}

func TestCheckOfASender(t *testing.T) {
	for secret, valid := range map[string]bool{
		"": true, "correct horse": true, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw": true,
		"whsec_": false, "whsec_%": false, "whsec_MfK": false,
	} {
		for name, s := range map[string]*webhook.Sender{
			"WEBHOOK_SECRET": {URL: "https://example.com/", Secret: secret}, "WEBHOOK_SECRET_OLD": {URL: "https://example.com/", OldSecret: secret},
		} {
			if err := s.Check(); (err == nil) != valid || err != nil && !strings.HasPrefix(err.Error(), name+": ") {
				t.Errorf("%s %q: %v", name, secret, err)
			}
		}
	}
	for form, valid := range map[string]bool{"": true, "json": true, "slack": true, "discord": true, "teams": true, "Slack": false, "x": false} {
		if err := (&webhook.Sender{URL: "https://example.com/", Form: form}).Check(); (err == nil) != valid {
			t.Errorf("form %q: %v", form, err)
		}
	}
}

// As receivers' libraries read them: with whsec_ or without it, and of a receiver
// that has the new secret, the old one, or a password.
func TestReceiversVerifyWithTheNewOrTheOldSecret(t *testing.T) {
	const first, second = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "mysecretmysecretmysecretmysecret"
	for _, tt := range []struct{ secret, old string }{{"whsec_" + first, second}, {first, "whsec_" + second}, {first, second}} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.reads()
		s.reads(ongoing("Issue"))
		sender := s.sender(r)
		sender.Secret, sender.OldSecret = tt.secret, tt.old
		if err := sender.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		p := r.got()[0]
		for _, secret := range []string{first, second, "whsec_" + first, "whsec_" + second} {
			verifier, err := standardwebhooks.NewWebhook(secret)
			if err != nil {
				t.Fatal(err)
			}
			if err := verifier.VerifyIgnoringTimestamp(p.raw, p.header); err != nil {
				t.Errorf("%v by a receiver with %s: %v", tt, secret, err)
			}
		}
		verifier, _ := standardwebhooks.NewWebhook("whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=")
		if verifier.VerifyIgnoringTimestamp(p.raw, p.header) == nil {
			t.Errorf("%v: any secret will do", tt)
		}
	}
}
