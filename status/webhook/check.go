package webhook

import (
	"errors"
	"fmt"
)

// Check returns an error if the URL, a secret or the form is invalid. The error
// names the variable that sets it, and doesn't contain its value.
func (s *Sender) Check() error {
	if err := CheckURL(s.URL, s.Private); err != nil {
		return fmt.Errorf("WEBHOOK_URL: %w", err)
	}
	if _, err := signingKeys(s.Secret); err != nil {
		return fmt.Errorf("WEBHOOK_SECRET: %w", err)
	}
	if _, err := signingKeys(s.OldSecret); err != nil {
		return fmt.Errorf("WEBHOOK_SECRET_OLD: %w", err)
	}
	if _, err := formFor(s.Form, s.URL); err != nil {
		return fmt.Errorf("WEBHOOK_FORM: %w", err)
	}
	return nil
}

// ParseSwitch parses a variable that switches something on.
func ParseSwitch(value string) (on bool, err error) {
	switch value {
	case "", "0", "false":
		return false, nil
	case "1", "true":
		return true, nil
	}
	return false, errors.New("it takes 1 or true, 0 or false")
}

func (s *Sender) form() form {
	f, _ := formFor(s.Form, s.URL) // Check has returned the error
	return f
}

// keys returns the keys that sign the posts.
func (s *Sender) keys() [][]byte {
	keys, _ := signingKeys(s.Secret) // Check has returned the errors
	old, _ := signingKeys(s.OldSecret)
	if s.Secret == "" {
		keys = [][]byte{[]byte(s.URL)}
	}
	return append(keys, old...)
}
