package widget_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

var english = locale.For("en")

// allFine is a report in which no row has a problem.
func allFine(backup sequence.ServiceState) sequence.Apple {
	a := sequence.Apple{Service: backup, Rows: map[sequence.Row]sequence.Health{}}
	for _, row := range icloudbackup.Graph().Rows() {
		a.Rows[row] = sequence.Fine
	}
	return a
}

// The rules of the steps and the reader of Apple's page share only these names.
func TestEveryRowOfTheRulesIsRead(t *testing.T) {
	rows := icloudbackup.Graph().Rows()
	for _, row := range rows {
		if !slices.Contains(status.RelatedNames(), string(row)) {
			t.Errorf("package status doesn't read %q", row)
		}
	}
	if len(rows) == 0 {
		t.Error("no rule has a row")
	}
}

func TestStepsAreShownAsPlanned(t *testing.T) {
	row := func(backup sequence.ServiceState, row sequence.Row, health sequence.Health) sequence.Apple {
		a := allFine(backup)
		a.Rows[row] = health
		return a
	}
	related := func(name sequence.Row, kind string) status.Verdict {
		return status.Decide(with(reading(), string(name), kind), six)
	}
	tests := []struct {
		name    string
		verdict status.Verdict
		apple   sequence.Apple
	}{
		{"operational", find(t, "operational"), allFine(sequence.ServiceFine)},
		{"stale", find(t, "operational and stale"), allFine(sequence.ServiceFine)},
		{"upcoming", find(t, "upcoming maintenance"), allFine(sequence.ServiceFine)},
		{"recovered", find(t, "recovered"), allFine(sequence.ServiceRecovered)},
		{"maintenance", find(t, "maintenance"), allFine(sequence.ServiceMaintenance)},
		{"row missing", find(t, "row missing"), allFine(sequence.ServiceUnknown)},
		{"nothing read", find(t, "nothing read"), sequence.Apple{}},
		// A reading too old for the service is too old for the other rows.
		{"too old", find(t, "too old, was operational"), sequence.Apple{}},
		{"sign-in unread", related(icloudbackup.Account, "unread"), row(sequence.ServiceFine, icloudbackup.Account, sequence.Unknown)},
		{"sign-in affected", related(icloudbackup.Account, "Outage"), row(sequence.ServiceFine, icloudbackup.Account, sequence.Affected)},
		{"sign-in slow", related(icloudbackup.AppleAccount, "Performance"), row(sequence.ServiceFine, icloudbackup.AppleAccount, sequence.Affected)},
		{"sign-in in maintenance", related(icloudbackup.AppleAccount, "Maintenance"), row(sequence.ServiceFine, icloudbackup.AppleAccount, sequence.Affected)},
		{"storage", related(icloudbackup.StorageUpgrades, "Issue"), row(sequence.ServiceFine, icloudbackup.StorageUpgrades, sequence.Affected)},
		{"Photos", related(icloudbackup.Photos, "Issue"), row(sequence.ServiceFine, icloudbackup.Photos, sequence.Affected)},
		{"keychain", related(icloudbackup.Keychain, "Issue"), row(sequence.ServiceFine, icloudbackup.Keychain, sequence.Affected)},
		{"Find My", related(icloudbackup.FindMy, "Outage"), row(sequence.ServiceFine, icloudbackup.FindMy, sequence.Affected)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan := icloudbackup.Plan(tt.apple)
			page, _ := allStepsOf(t, tt.verdict)
			all := page.Find("ol.steps > li")
			if all.Length() != len(plan)+len(icloudbackup.Rest(tt.apple)) {
				t.Fatalf("%d steps, want %d", all.Length(), len(plan))
			}
			all.Slice(0, len(plan)).Each(func(i int, step *goquery.Selection) { checkStep(t, step, plan[i]) })
			// The document has those that delete nothing, and a link to the others.
			doc, _ := widgetOf(t, tt.verdict)
			plan = slices.DeleteFunc(plan, func(e sequence.Entry) bool { return e.Step.Risk == sequence.Destructive })
			shown := doc.Find("[data-steps] > details > ol.steps > li")
			if shown.Length() != len(plan) {
				t.Fatalf("%d steps, want %d", shown.Length(), len(plan))
			}
			shown.Each(func(i int, step *goquery.Selection) { checkStep(t, step, plan[i]) })
			if link := doc.Find("[data-steps] > details > .meta > a"); link.AttrOr("href", "") != "/widget/messages#all-steps" || page.Find("#all-steps").Length() != 1 {
				t.Errorf("the link to the others: %q", link.AttrOr("href", ""))
			}
		})
	}
}

// checkStep compares a step of the document with its entry in the plan.
func checkStep(t *testing.T, step *goquery.Selection, entry sequence.Entry) {
	t.Helper()
	prefix := "step." + entry.Step.ID
	var want []string // in reading order
	add := func(texts ...string) { want = append(want, texts...) }
	add(english.Text(prefix + ".title"))
	if entry.Held != "" {
		add(english.Text("page.held"), english.Text(entry.Held))
	} else {
		if english.Has(prefix + ".warning") {
			add(english.Text("page.warning") + " " + english.Text(prefix+".warning"))
		}
		for _, note := range entry.Notes {
			add(english.Text(note))
		}
		add(english.Lines(prefix + ".do")...)
		add(english.Text(prefix + ".why"))
		if entry.Step.Article != "" {
			add(english.Format("page.article", "article", entry.Step.Article))
		} else {
			add(english.Text("page.reports"))
		}
	}
	var got []string
	step.Find("summary span, p, li").Each(func(_ int, part *goquery.Selection) { got = append(got, textOf(part)) })
	if !slices.Equal(got, want) {
		t.Errorf("%s reads\n%q, want\n%q", entry.Step.ID, got, want)
	}
	if id := step.AttrOr("id", ""); id != "step-"+entry.Step.ID {
		t.Errorf("id %q, want step-%s", id, entry.Step.ID)
	}
	details := step.Children()
	if details.Length() != 1 || !details.Is("details") || !details.Children().First().Is("summary") {
		t.Errorf("%s is no details with its summary first", entry.Step.ID)
	}
	if entry.Held == "" && entry.Step.Article != "" {
		if href := step.Find(".source a").AttrOr("href", ""); href != "https://support.apple.com/"+entry.Step.Article {
			t.Errorf("%s links to %q", entry.Step.ID, href)
		}
	}
}

// destructive are the steps that delete something or can lose it.
func destructive() []string {
	var ids []string
	for _, entry := range icloudbackup.Plan(sequence.Apple{}) {
		if entry.Step.Risk == sequence.Destructive {
			ids = append(ids, entry.Step.ID)
		}
	}
	return ids
}

// labels are the tags of a path in Settings.
var labels = regexp.MustCompile(`</?(span|i|b|small)( [^>]*)?>`)

// instructions returns those of a step's lines that are anywhere in a document,
// attributes and comments included.
func instructions(source, step string) (found []string) {
	source = html.UnescapeString(labels.ReplaceAllString(source, ""))
	for _, line := range english.Lines("step." + step + ".do") {
		if strings.Contains(source, line) {
			found = append(found, line)
		}
	}
	return found
}

// instructionsOn does the same for the step on the page of all steps, where others
// have lines of the same words.
func instructionsOn(t *testing.T, page *goquery.Document, step string) []string {
	t.Helper()
	source, err := page.Find("#step-" + step).Html()
	if err != nil || source == "" {
		t.Fatalf("%s isn't on the page: %v", step, err)
	}
	return instructions(source, step)
}

func TestDestructiveInstructionsAreHiddenWhileAppleHasAProblem(t *testing.T) {
	steps := destructive()
	for _, id := range []string{"delete-backup", "reset-network", "sign-out", "trim-old-backups", "trim-apps", "trim-photos"} {
		if !slices.Contains(steps, id) {
			t.Errorf("%s is not among %v", id, steps)
		}
	}
	for _, s := range states() {
		if !s.waits && s.level != "maintenance" {
			continue
		}
		_, source := widgetOf(t, s.verdict)
		page, _ := allStepsOf(t, s.verdict)
		for _, id := range steps {
			if found := append(instructions(source, id), instructionsOn(t, page, id)...); found != nil {
				t.Errorf("%s: %s shows %q", s.name, id, found)
			}
		}
	}
	// Checks that instructions finds them.
	page, _ := allStepsOf(t, find(t, "operational"))
	for _, id := range steps {
		if found := instructionsOn(t, page, id); len(found) != len(english.Lines("step."+id+".do")) {
			t.Errorf("operational: of %s only %q", id, found)
		}
	}
}

func TestWaitingShowsAdviceComputerBackupAndHarmlessSteps(t *testing.T) {
	var harmless []string
	for _, entry := range icloudbackup.Plan(sequence.Apple{}) {
		if entry.Step.Risk != sequence.Destructive && entry.Step.ID != "computer-backup" {
			harmless = append(harmless, entry.Step.ID)
		}
	}
	for _, s := range states() {
		if !s.waits {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			doc, source := widgetOf(t, s.verdict)
			var advice []string
			doc.Find("[data-plain] > ul > li").Each(func(_ int, li *goquery.Selection) { advice = append(advice, textOf(li)) })
			if want := english.Lines("wait"); len(want) == 0 || !slices.Equal(advice, want) {
				t.Errorf("advice %q, want %q", advice, want)
			}
			computer := doc.Find("details.computer")
			if textOf(computer.Find("summary")) != english.Text("wait.computer") || len(instructions(source, "computer-backup")) != 3 {
				t.Errorf("computer backup: %q", textOf(computer))
			}
			// The steps are for readers with an older problem, so they are
			// closed.
			older := doc.Find("details.older")
			if _, open := older.Attr("open"); open || older.Find("details[open]").Length() > 0 {
				t.Error("the steps are open")
			}
			var ids []string
			older.Find("ol.steps > li").Each(func(_ int, step *goquery.Selection) {
				ids = append(ids, strings.TrimPrefix(step.AttrOr("id", ""), "step-"))
			})
			if !slices.Equal(ids, harmless) {
				t.Errorf("steps %v, want %v", ids, harmless)
			}
			if note := textOf(older.Find("#step-back-up-now .note")); note != english.Text("note.not-available") {
				t.Errorf("Back Up Now has the note %q", note)
			}
		})
	}
}

func TestSignOutIsShownOnlyIfSignInIsKnownToWork(t *testing.T) {
	for _, row := range []sequence.Row{icloudbackup.Account, icloudbackup.AppleAccount} {
		for kind, held := range map[string]string{
			"unread": "held.sign-in-unknown", "Outage": "held.sign-in-affected", "Issue": "held.sign-in-affected",
			"Performance": "held.sign-in-affected", "Maintenance": "held.sign-in-affected", "SomethingNew": "held.sign-in-affected",
		} {
			page, _ := allStepsOf(t, status.Decide(with(reading(), string(row), kind), six))
			step := page.Find("#step-sign-out")
			if found := instructionsOn(t, page, "sign-out"); found != nil || textOf(step.Find(".held")) != english.Text(held) || textOf(step.Find(".tag")) != english.Text("page.held") {
				t.Errorf("%s %s: shows %q, held because %q", row, kind, found, textOf(step.Find(".held")))
			}
		}
	}
	for _, s := range states() {
		page, _ := allStepsOf(t, s.verdict)
		if shown := instructionsOn(t, page, "sign-out") != nil; shown != (s.level == "operational") {
			t.Errorf("%s: sign-out is shown: %v", s.name, shown)
		}
	}
}

func TestUnknownHidesSignOutAndDeleteBackup(t *testing.T) {
	for _, s := range states() {
		if s.level != "unknown" {
			continue
		}
		page, _ := allStepsOf(t, s.verdict)
		for _, id := range []string{"sign-out", "delete-backup"} {
			if found := instructionsOn(t, page, id); found != nil {
				t.Errorf("%s: %s shows %q", s.name, id, found)
			}
		}
	}
}
