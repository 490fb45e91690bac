package webhook_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/webhook"
)

// bodyFor returns the body of the post of a change to a URL, or in a form.
func bodyFor(t *testing.T, url, form string) (body map[string]any, raw string) {
	t.Helper()
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.readsRow(status.Row{Name: "iCloud <Backup> *@here*"})
	s.readsRow(status.Row{Name: "iCloud <Backup> *@here*", Incidents: []status.Incident{ongoing("Outage")}})
	sender := s.sender(r)
	sender.Service = "iCloud <Backup> *@here*"
	sender.Form = form
	if url != "" {
		sender.URL = url
		sender.Doer = doer(func(req *http.Request) (*http.Response, error) {
			if req.URL.String() != url {
				t.Errorf("posted to %s", req.URL)
			}
			local, err := http.NewRequestWithContext(req.Context(), req.Method, r.url, req.Body)
			if err != nil {
				return nil, err
			}
			local.Header = req.Header
			return http.DefaultClient.Do(local)
		})
	}
	if err := sender.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	raw = string(r.got()[0].raw)
	if err := json.Unmarshal([]byte(raw), &body); err != nil {
		t.Fatal(err)
	}
	return body, raw
}

func TestChatProgramsGetTheirForm(t *testing.T) {
	for _, tt := range []struct{ url, form, want string }{
		{"https://hooks.slack.com/services/T0/B0/x", "", "slack"},
		{"https://discord.com/api/webhooks/1/x", "", "discord"},
		{"https://ptb.discord.com/api/webhooks/1/x", "", "discord"},
		{"https://example.webhook.office.com/webhookb2/x", "", "teams"},
		{"https://prod-1.westeurope.logic.azure.com/workflows/x", "", "teams"},
		{"https://x.environment.api.powerplatform.com/workflows/x", "", "teams"},
		{"https://example.com/discord.com", "", "json"},
		{"https://notdiscord.com/", "", "json"},
		{"https://hooks.slack.com/services/T0/B0/x", "json", "json"},
		{"", "slack", "slack"},
		{"", "discord", "discord"},
		{"", "teams", "teams"},
	} {
		body, raw := bodyFor(t, tt.url, tt.form)
		var form, text string
		switch {
		case body["event"] == "change":
			form, text = "json", body["text"].(string)
		case body["content"] != nil && len(body) == 2:
			form, text = "discord", body["content"].(string)
		case body["text"] != nil && len(body) == 1:
			form, text = "slack", body["text"].(string)
		case body["type"] == "message":
			card := body["attachments"].([]any)[0].(map[string]any)["content"].(map[string]any)
			form, text = "teams", card["body"].([]any)[0].(map[string]any)["text"].(string)
		}
		if form != tt.want {
			t.Errorf("%s %s: %s", tt.url, tt.form, raw)
		}
		escaped := map[string]string{"json": "iCloud &lt;Backup&gt; *@here*", "slack": "iCloud &lt;Backup&gt; *@here*",
			"discord": `iCloud \<Backup\> \*\@here\*`, "teams": `iCloud \<Backup\> \*\@here\*`}[form]
		if !strings.HasPrefix(text, "Apple reports an outage of "+escaped+". Seen on 22 November 2026 at ") {
			t.Errorf("%s: the text is %q", form, text)
		}
	}
}

func TestUnreadableStatusIsPostedOnceADay(t *testing.T) {
	file := fileIn(t)
	s, r := newEnv(t, file), newReceiver(t, code(500))
	s.reads(ongoing("Issue"))
	since := s.clock()
	posted := map[string]int{}
	failed := 0
	for range 50 * 60 {
		s.pass(time.Minute)
		sender := s.sender(r) // at the edge each run may be in another isolate
		if err := sender.SendUnread(t.Context(), since); err != nil {
			failed++
		}
		for _, p := range r.got() {
			posted[p.header.Get("webhook-id")]++
			if p.Level != "unknown" || p.Previous != "degraded" || p.Down || p.Incident != nil || p.ChangedAt != since.Format(time.RFC3339) ||
				p.Text != "Apple's status of iCloud Backup can't be read since 22 November 2026 at 12:01 UTC." || !strings.Contains(string(p.raw), `"event":"reading"`) {
				t.Errorf("posted %s", p.raw)
			}
		}
	}
	total := 0
	for _, n := range posted {
		total += n
	}
	if failed != 1 || total != 4 || len(posted) != 3 { // now, again, and on the two days after
		t.Errorf("%d failed, posts %v", failed, posted)
	}
}

var _ webhook.Queue = (*queue)(nil)
