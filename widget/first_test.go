package widget_test

import (
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/widget"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// A tap on a symptom shows what the engine would: the document has the screen of
// each symptom that leads to a step or a question.
func TestDocumentHasTheFirstScreenOfEachSymptom(t *testing.T) {
	for state, service := range map[string]sequence.ServiceState{
		"operational": sequence.ServiceFine, "recovered": sequence.ServiceRecovered, "maintenance": sequence.ServiceMaintenance,
		"degraded": sequence.ServiceDegraded, "outage": sequence.ServiceOutage, "row missing": sequence.ServiceUnknown,
	} {
		doc, _ := widgetOf(t, find(t, state))
		links := doc.Find("a[data-symptom]")
		if links.Length() < 4 {
			t.Fatalf("%s: %d symptoms", state, links.Length())
		}
		links.Each(func(_ int, link *goquery.Selection) {
			session := icloudbackup.Start(allFine(service))
			session.Choose("older") // where it waits for Apple
			session.Choose(link.AttrOr("data-symptom", ""))
			checkFirst(t, doc, link, session.Screen())
		})
	}
}

func checkFirst(t *testing.T, doc *goquery.Document, link *goquery.Selection, want sequence.Screen) {
	t.Helper()
	symptom := link.AttrOr("data-symptom", "")
	place, ok := link.Attr("data-first")
	if want.Kind != sequence.Fix && want.Kind != sequence.Question {
		if ok {
			t.Errorf("%s leads to %s, which is no first screen", symptom, want.Node)
		}
		return
	}
	section := doc.Find("#first-" + place).Children()
	if section.Length() != 1 || !section.Is("section.sequence") || section.AttrOr("data-node", "") != want.Node {
		t.Fatalf("%s: %d sections, of %q, want %q", symptom, section.Length(), section.AttrOr("data-node", ""), want.Node)
	}
	title := "step." + want.Node + ".title"
	if want.Kind == sequence.Question {
		title = "ask." + want.Node + ".title"
	}
	if got := textOf(section.Find("h2")); got != english.Text(title) {
		t.Errorf("%s: title %q", symptom, got)
	}
	var got, ids []string
	section.Find("[data-choice]").Each(func(_ int, button *goquery.Selection) {
		got = append(got, button.AttrOr("data-choice", ""))
		if textOf(button) == "" || button.AttrOr("type", "") != "button" {
			t.Errorf("%s: a button %q", symptom, textOf(button))
		}
	})
	for _, choice := range want.Choices {
		ids = append(ids, choice.ID)
	}
	if !slices.Equal(got, ids) {
		t.Errorf("%s: choices %q, want %q", symptom, got, ids)
	}
	if held := textOf(section.Find(".held")); want.Held == "" && held != "" || want.Held != "" && held != english.Text(want.Held) {
		t.Errorf("%s: held %q", symptom, held)
	}
	if want.Kind == sequence.Fix && want.Held == "" {
		var lines []string
		section.Find("h2 ~ ol > li").Each(func(_ int, line *goquery.Selection) { lines = append(lines, textOf(line)) })
		if want := english.Lines("step." + want.Node + ".do"); !slices.Equal(lines, want) {
			t.Errorf("%s: %q, want %q", symptom, lines, want)
		}
	}
}

// Without engine there is nothing that takes over from a first screen.
func TestDocumentWithoutEngineHasNoFirstScreens(t *testing.T) {
	bundle := sources(t)
	delete(bundle.Files, "sequence.js")
	v, w := find(t, "operational"), httptest.NewRecorder()
	widget.NewSite(api.Source{Verdict: func() status.Verdict { return v }}, bundle).ServeHTTP(w, httptest.NewRequest("GET", "/widget", nil))
	doc := parse(t, w.Body.String())
	if n := doc.Find("template, form").Length(); n > 0 {
		t.Errorf("%d templates", n)
	}
	if n := doc.Find("a[data-symptom]").Length(); n == 0 {
		t.Error("no symptoms")
	}
}

// The page of messages needs neither script nor WebAssembly: each message is
// linked to a step on the page, which is open, and held back as the verdict says.
func TestMessagesLeadToTheirSteps(t *testing.T) {
	known := icloudbackup.Messages()
	for _, s := range states() {
		doc := parse(t, get(t, s.verdict, "/widget/messages").Body.String())
		links := doc.Find("ul.symptoms a")
		if links.Length() != len(known) {
			t.Errorf("%s: %d links to steps of %d messages", s.name, links.Length(), len(known))
		}
		links.Each(func(_ int, link *goquery.Selection) {
			step := doc.Find(link.AttrOr("href", "none"))
			if step.Length() != 1 || textOf(link) == "" || step.Closest("details[open]").Length() != 1 {
				t.Errorf("%s: %q leads to %d steps, or a closed one", s.name, textOf(link), step.Length())
			}
		})
		if s.level != "operational" {
			for _, id := range destructive() {
				if step := doc.Find("#do-" + id); s.level != "unknown" && step.Length() > 0 && step.Find(".held").Length() == 0 {
					t.Errorf("%s: %s isn't held back", s.name, id)
				}
			}
		}
		if n := doc.Find("template, form, button, [hidden]").Length(); n > 0 || doc.Find("h1").Length() != 1 {
			t.Errorf("%s: %d elements that need a script", s.name, n)
		}
		for _, text := range shown(doc) {
			if id := textID.FindString(text); id != "" {
				t.Errorf("%s: %q has the id of a text", s.name, text)
			}
		}
		if doc.Find(`a[href="/widget"]`).Length() != 1 {
			t.Errorf("%s: no way back", s.name)
		}
	}
}

func TestMessagesKeepLanguageAndTheme(t *testing.T) {
	doc := parse(t, get(t, find(t, "operational"), "/widget?theme=dark").Body.String())
	if n := doc.Find(`a[href="/widget/messages?theme=dark"]`).Length(); n != 1 {
		t.Errorf("%d links to the messages", n)
	}
	doc = parse(t, get(t, find(t, "operational"), "/widget/messages?theme=dark").Body.String())
	if n := doc.Find(`a[href="/widget?theme=dark"]`).Length(); n != 1 || doc.Find("html").AttrOr("data-theme", "") != "dark" {
		t.Errorf("%d links back", n)
	}
}
