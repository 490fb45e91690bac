package webhook

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

var (
	errURL     = errors.New("the webhook's URL can't be read")
	errAddress = errors.New("the webhook's address isn't a public one")
)

// CheckURL returns an error if a webhook's URL is invalid. The URL must use
// https and a host that isn't on a private network, or http and a loopback
// address, for tests. If private receivers are allowed, the host can be on a
// private network or this machine, and then http will do. The error doesn't
// contain the URL.
func CheckURL(raw string, private bool) error {
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
	local := literal && loopback(addr) || host == "localhost" || strings.HasSuffix(host, ".localhost")
	switch {
	case !validPort(u.Port()):
		return errURL
	case u.Scheme == "http" && local:
		return nil
	case u.Scheme != "https" && !(private && u.Scheme == "http"):
		return errors.New("the webhook's URL needs https")
	case private && literal && u.Scheme == "http" && !inside(addr):
		return errors.New("the webhook's URL needs https outside of private networks")
	case private && literal && !inside(addr) && !public(addr):
		return errAddress
	case !private && (local || literal && !public(addr)):
		return errAddress
	case !literal && !named(host):
		return errors.New("the webhook's host is neither a name in ASCII nor an address in its usual form")
	}
	return nil
}

func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// name matches what every resolver and every parser of URLs reads as the same
// name. Browsers and some resolvers read 0x7f.1 and 2130706433 as the address
// 127.0.0.1, and digits of other scripts likewise: so the last label starts with
// a letter, as every top-level domain does.
var name = regexp.MustCompile(`^([a-z0-9_-]{1,63}\.)*[a-z][a-z0-9-]{0,62}$`)

func named(host string) bool { return len(host) <= 253 && name.MatchString(host) }

// reserved are the networks without public hosts, and those whose addresses
// embed an address of another network (the special-purpose registries of IANA,
// RFC 6890). Of IPv6, only global has public hosts: what embeds an IPv4 address
// outside of it (IPv4-compatible, IPv4-translated, NAT64) needs no entry.
var (
	reserved = prefixes(
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	)
	global = netip.MustParsePrefix("2000::/3")
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
	addr = addr.Unmap()
	if addr.Zone() != "" || addr.Is6() && (!global.Contains(addr) || isatap(addr)) {
		return false
	}
	for _, network := range reserved {
		if network.Contains(addr) {
			return false
		}
	}
	return addr.IsValid()
}

// isatap reports whether an address embeds an IPv4 address as RFC 5214 says.
func isatap(addr netip.Addr) bool {
	b := addr.As16()
	return b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}

// inside reports whether an address can be a receiver's on a private network or on
// this machine. Link-local addresses can't: clouds have their credentials there.
func inside(addr netip.Addr) bool {
	return loopback(addr) || addr.Zone() == "" && addr.Unmap().IsPrivate()
}

// loopback reports whether an address is this machine's own, for tests.
func loopback(addr netip.Addr) bool {
	return addr.Zone() == "" && addr.Unmap().IsLoopback()
}
