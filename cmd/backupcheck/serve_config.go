package main

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/webhook"
	"backupcheck/widget"
)

// variables are those of the Worker, which serve takes from the environment.
var variables = []string{
	"APPLE_ORIGIN", "EMBED_ORIGINS", "PUBLIC_URL", "REFRESH_SECONDS", "USER_AGENT",
	"WEBHOOK_FORM", "WEBHOOK_PRIVATE", "WEBHOOK_RETRY_SECONDS", "WEBHOOK_SECRET", "WEBHOOK_SECRET_OLD", "WEBHOOK_URL",
}

// ownPrefixes begin the names of variables that nothing else uses.
var ownPrefixes = []string{"APPLE_ORIGIN", "EMBED_ORIGIN", "REFRESH_SECOND", "WEBHOOK_"}

// complete adds to the flags what the environment sets, and checks everything.
// Errors contain no secret.
func (c *serveConfig) complete(given map[string]bool, trusted string, environ []string) error {
	env, err := ownVariables(environ)
	if err != nil {
		return err
	}
	for flag, setting := range map[string]struct {
		target *string
		name   string
	}{
		"origin":     {&c.reader.Origin, "APPLE_ORIGIN"},
		"user-agent": {&c.reader.UserAgent, "USER_AGENT"},
		"public-url": {&c.publicURL, "PUBLIC_URL"},
	} {
		if value := env[setting.name]; value != "" && !given[flag] {
			*setting.target = value
		}
	}
	if value := env["REFRESH_SECONDS"]; value != "" && !given["refresh"] {
		if c.every, err = seconds("REFRESH_SECONDS", value); err != nil {
			return err
		}
	}
	switch {
	case c.every <= 0:
		return fmt.Errorf("-refresh needs a time such as 60s, not %v", c.every)
	case c.every > status.StaleAfter:
		return fmt.Errorf("-refresh needs %v at most: an older reading is stale, and the history would have gaps", status.StaleAfter)
	case c.db == "":
		return errors.New("-db needs a file")
	case c.logFormat != "text" && c.logFormat != "json":
		return fmt.Errorf("-log needs text or json, not %q", c.logFormat)
	}
	if err := apple.CheckOrigin(c.reader.Origin); err != nil {
		return err
	}
	if c.publicURL != "" {
		if err := api.CheckPublicURL(c.publicURL); err != nil {
			return err
		}
	}
	if c.proxies, err = prefixes(trusted); err != nil {
		return err
	}
	if c.embedders, err = widget.Embedders(env["EMBED_ORIGINS"]); err != nil {
		return fmt.Errorf("EMBED_ORIGINS: %w", err)
	}
	if env["WEBHOOK_URL"] != "" {
		return c.setWebhook(env)
	}
	return nil
}

func (c *serveConfig) setWebhook(env map[string]string) (err error) {
	private, err := webhook.ParseSwitch(env["WEBHOOK_PRIVATE"])
	if err != nil {
		return fmt.Errorf("WEBHOOK_PRIVATE: %w", err)
	}
	c.notifier = &webhook.Sender{
		URL: env["WEBHOOK_URL"], Secret: env["WEBHOOK_SECRET"], OldSecret: env["WEBHOOK_SECRET_OLD"],
		Form: env["WEBHOOK_FORM"], Private: private, Service: status.ServiceName,
	}
	if value := env["WEBHOOK_RETRY_SECONDS"]; value != "" {
		if c.notifier.RetryAfter, err = seconds("WEBHOOK_RETRY_SECONDS", value); err != nil {
			return err
		}
	}
	return c.notifier.Check()
}

// ownVariables returns the variables that serve takes. One that is none of them,
// and looks as if it was meant to be, is an error.
func ownVariables(environ []string) (map[string]string, error) {
	env := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if slices.Contains(variables, name) {
			env[name] = value
			continue
		}
		meant := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
		if slices.ContainsFunc(ownPrefixes, meant) {
			return nil, fmt.Errorf("there is no variable %s; serve takes %s", name, strings.Join(variables, ", "))
		}
		if name == "SERVICE" {
			return nil, fmt.Errorf("serve has no variable SERVICE: it is about %s", status.ServiceName)
		}
	}
	return env, nil
}

func seconds(name, value string) (time.Duration, error) {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n <= 0 || n > 1e6 {
		return 0, fmt.Errorf("%s needs a number of seconds, not %q", name, value)
	}
	return time.Duration(n * float64(time.Second)), nil
}

// prefixes parses a list of addresses and networks.
func prefixes(list string) (networks []netip.Prefix, err error) {
	for field := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		network, err := netip.ParsePrefix(field)
		if err != nil {
			address, err := netip.ParseAddr(field)
			if err != nil {
				return nil, fmt.Errorf("-trusted-proxy needs addresses or networks such as 127.0.0.1 or 10.0.0.0/8, not %q", field)
			}
			network = netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen())
		}
		networks = append(networks, network)
	}
	return networks, nil
}
