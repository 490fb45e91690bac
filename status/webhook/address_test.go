package webhook_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"backupcheck/status/webhook"
)

func TestCheckURL(t *testing.T) {
	for raw, valid := range map[string]bool{
		"https://hooks.slack.com" + secretPath:  true,
		"https://example.com:8443" + secretPath: true,
		"https://EXAMPLE.com./x":                true,
		"https://xn--bcher-kva.example/x":       true,
		"https://93.184.216.34/x":               true,
		"https://[2606:2800:220:1::1]/x":        true,
		"http://127.0.0.1:9000/x":               true,
		"http://127.3.2.1/x":                    true,
		"http://[::1]:9000/x":                   true,
		"http://[::ffff:127.0.0.1]/x":           true,
		"http://localhost:9000/x":               true,
		"http://receiver.localhost/x":           true,

		"":                               false,
		"hooks.slack.com/services":       false,
		"https:///x":                     false,
		"https:hooks.slack.com":          false,
		"ftp://example.com/x":            false,
		"http://example.com/x":           false,
		"http://192.168.0.10/x":          false,
		"https://user@example.com/x":     false,
		"https://user:word@example.com/": false,
		"https://@example.com/x":         false,
		"http://user@localhost/x":        false,
		"https://exa mple.com/x":         false,
		"https://example.com/\n":         false,
		"https://localhost/x":            false,
		"https://LOCALHOST./x":           false,
		"https://receiver.localhost/x":   false,
		"https://127.0.0.1/x":            false,
		"https://[::1]/x":                false,
		"https://0.0.0.0/x":              false,
		"https://10.1.2.3/x":             false,
		"https://172.16.0.1/x":           false,
		"https://172.31.255.255/x":       false,
		"https://172.32.0.1/x":           true,
		"https://192.168.1.1/x":          false,
		"https://169.254.169.254/x":      false, // credentials of clouds
		"https://100.64.0.1/x":           false,
		"https://224.0.0.1/x":            false,
		"https://255.255.255.255/x":      false,
		"https://[fe80::1]/x":            false,
		"https://[fe80::1%25eth0]/x":     false,
		"https://[fd00::1]/x":            false,
		"https://[ff02::1]/x":            false,
		"https://[::]/x":                 false,
		"https://[::ffff:10.0.0.1]/x":    false,
		"https://[::ffff:a9fe:a9fe]/x":   false,
		"https://[64:ff9b::10.0.0.1]/x":  false,
		"https://[2002:a00:1::]/x":       false,
		// IPv6 addresses that embed a private one.
		"https://[::7f00:1]/x":                  false, // IPv4-compatible
		"https://[::a9fe:a9fe]/x":               false,
		"https://[::10.0.0.1]/x":                false,
		"https://[::ffff:0:10.0.0.1]/x":         false, // IPv4-translated
		"https://[64:ff9b:1::10.0.0.1]/x":       false, // NAT64 of a network
		"https://[64:ff9b:1:a:b:c:10.0.0.1]/x":  false,
		"https://[2001:0:a00:1::1]/x":           false, // Teredo
		"https://[2002:7f00:1::1]/x":            false,
		"https://[2606:2800::5efe:10.0.0.1]/x":  false, // ISATAP
		"https://[2606:2800::200:5efe:a00:1]/x": false,
		// Networks without a public host.
		"https://[fec0::1]/x":                     false,
		"https://[fc00::1]/x":                     false,
		"https://[100::1]/x":                      false,
		"https://[5f00::1]/x":                     false,
		"https://[2001:db8::1]/x":                 false,
		"https://[3fff::1]/x":                     false,
		"https://[2001:10::1]/x":                  false,
		"https://[4000::1]/x":                     false,
		"https://[2606:2800:220:1::1%25eth0]/x":   false, // a zone
		"https://192.0.0.1/x":                     false,
		"https://192.0.2.1/x":                     false,
		"https://198.51.100.1/x":                  false,
		"https://203.0.113.1/x":                   false,
		"https://192.88.99.1/x":                   false,
		"https://198.18.0.1/x":                    false,
		"https://198.19.255.255/x":                false,
		"https://240.0.0.1/x":                     false,
		"https://0.1.2.3/x":                       false,
		"https://100.127.255.255/x":               false,
		"https://100.128.0.1/x":                   true,
		"https://[2001:4860:4860::8888]/x":        true,
		"https://[2a00:1450:4001:800::200e]:443/": true,
		"http://[::127.0.0.1]/x":                  false,
		"http://[::1%25lo]/x":                     false,
		"http://[fe80::1%25lo]/x":                 false,
		// What another parser could read as another host.
		"https://%31%30.0.0.1/x":          false,
		"https://10%2e0%2e0%2e1/x":        false,
		"https://example%2ecom/x":         false,
		"https://example.com%00.x/":       false,
		"https://example.com\\@10.0.0.1/": false,
		"https://ex_ample.com/x":          true,
		"https://a..example.com/":         false,
		"https://.example.com/":           false,
		"https://-.example.com/":          true,
		"https://example.com:99999/":      false,
		"https://example.com:0/":          false,
		"https://example.com:/":           true,
		"https://bücher.example/x":        false,
		"https://exam\u00adple.com/":      false, // soft hyphen
		"https://[::ffff:127.0.0.1]/x":    false,
		"https://[127.0.0.1]/x":           false,
		"https://127.0.0.1.:443/x":        false,
		"https://017700000001/x":          false,
		"https://0x7f.1/x":                false,
		"https://127.0.1/x":               false,
		"https://256.256.256.256/x":       false,
		"https://1.2.3.4.5/x":             false,
		// Some resolvers and browsers read these as 127.0.0.1 or 10.0.0.1.
		"https://2130706433/x":   false,
		"https://0x7f000001/x":   false,
		"https://127.1/x":        false,
		"https://0177.0.0.1/x":   false,
		"https://10.0.0.0x1/x":   false,
		"https://10.0.0.1./x":    false,
		"https://１２７.０.０.１/x":    false,
		"https://127。0。0。1/x":    false,
		"https://①27.0.0.①/x":    false,
		"https://example.com../": false,
	} {
		err := webhook.CheckURL(raw, false)
		if (err == nil) != valid {
			t.Errorf("%q: %v", raw, err)
		}
		if u, _ := url.Parse(raw); err != nil && u != nil && u.Path != "" && u.Path != "/" && strings.Contains(err.Error(), u.Path) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

// A name may resolve to any address, and later to another one, so the address
// of the connection is checked.
func TestClientConnectsToNoPrivateAddress(t *testing.T) {
	var requests atomic.Int32
	count := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) })
	plain, secure := httptest.NewServer(count), httptest.NewTLSServer(count)
	defer plain.Close()
	defer secure.Close()
	client := webhook.Client(false)

	if res, err := client.Get(strings.Replace(plain.URL, "127.0.0.1", "localhost", 1)); err != nil {
		t.Errorf("http to this machine: %v", err)
	} else {
		res.Body.Close()
	}
	requests.Store(0)

	for _, address := range []string{
		secure.URL,
		strings.Replace(secure.URL, "127.0.0.1", "localhost", 1),
		"https://10.0.0.1/", "https://169.254.169.254/", "https://[fe80::1]/", "https://[::ffff:127.0.0.1]:" + port(secure.URL),
		"https://[::127.0.0.1]:" + port(secure.URL), "https://[64:ff9b::127.0.0.1]/", "https://[2002:7f00:1::]/",
		"http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0:" + port(plain.URL), "http://93.184.216.34/",
	} {
		if _, err := client.Get(address); err == nil || !strings.Contains(err.Error(), "isn't a public one") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if requests.Load() != 0 {
		t.Errorf("%d requests were received", requests.Load())
	}
}

func port(address string) string {
	u, _ := url.Parse(address)
	return u.Port()
}

func TestPrivateReceiversNeedTheSwitch(t *testing.T) {
	for raw, valid := range map[string]bool{
		"https://10.0.0.5/h": true, "http://10.0.0.5:8080/h": true, "https://[fd00::1]/h": true, "http://[fd00::1]/h": true,
		"https://192.168.1.9/h": true, "https://127.0.0.1/h": true, "https://localhost/h": true, "http://receiver/h": true, "https://receiver.internal/h": true,
		"https://hooks.slack.com/h": true, "https://93.184.216.34/h": true,

		"http://93.184.216.34/h": false, "http://169.254.169.254/h": false, "https://169.254.169.254/h": false, "https://[fe80::1]/h": false,
		"https://224.0.0.1/h": false, "https://0.0.0.0/h": false, "ftp://10.0.0.5/h": false, "https://u@10.0.0.5/h": false,
		"https://[::ffff:169.254.169.254]/h": false, "https://[64:ff9b::10.0.0.1]/h": false,
	} {
		if err := webhook.CheckURL(raw, true); (err == nil) != valid {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

// The name is only resolved when the program posts.
func TestPrivateReceiverIsReachedByNameWithTheSwitchOnly(t *testing.T) {
	var posts atomic.Int32
	site := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { posts.Add(1) }))
	defer site.Close()
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { posts.Add(1) }))
	defer plain.Close()
	for _, private := range []bool{false, true} {
		client := webhook.Client(private)
		res, err := client.Post(strings.Replace(site.URL, "127.0.0.1", "localhost", 1), "text/plain", nil)
		if err == nil {
			res.Body.Close()
			t.Fatal("the receiver's certificate isn't trusted here")
		}
		if refused := strings.Contains(err.Error(), "address isn't a public one"); refused == private {
			t.Errorf("private is %t: %v", private, err)
		}
	}
	if res, err := webhook.Client(true).Post(strings.Replace(plain.URL, "127.0.0.1", "localhost", 1), "text/plain", nil); err != nil || posts.Load() != 1 {
		t.Errorf("by http: %v", err)
	} else {
		res.Body.Close()
	}
}
