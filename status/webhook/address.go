package webhook

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
)

var (
	errURL     = errors.New("the webhook's URL can't be read")
	errAddress = errors.New("the webhook's address isn't a public one")
)

// CheckURL returns an error if a webhook's URL is invalid. The URL must use
// https and a host that isn't on a private network, or http and a loopback
// address, for tests. The error doesn't contain the URL.
func CheckURL(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Hostname() == "":
		return errURL
	case u.User != nil:
		return errors.New("the webhook's URL must not hold a name or a password")
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	addr, err := netip.ParseAddr(host)
	literal := err == nil
	local := literal && addr.Unmap().IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
	switch {
	case u.Scheme == "http" && local:
		return nil
	case u.Scheme != "https":
		return errors.New("the webhook's URL needs https")
	case local, literal && !public(addr):
		return errAddress
	case !literal && !named(host):
		return errors.New("the webhook's host is neither a name in ASCII nor an address in its usual form")
	}
	return nil
}

// named reports whether every resolver reads a host as a name. Browsers and some
// resolvers read 0x7f.1 and 2130706433 as the address 127.0.0.1, and digits of
// other scripts likewise. A top-level domain doesn't start with a digit.
func named(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return last != "" && last[0] >= 'a' && last[0] <= 'z'
}

// reserved are the networks without public hosts, and those whose addresses
// embed an address of another network (RFC 6890 and its registries).
var reserved = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
	"::/127", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(list ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, s := range list {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}

// public reports whether an address can be a receiver's on the internet.
func public(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	for _, network := range reserved {
		if network.Contains(addr) {
			return false
		}
	}
	return addr.IsValid()
}
