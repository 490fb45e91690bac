package webhook

import (
	"errors"
	"net/url"
	"strings"
)

// form is a form of the body of a post.
type form struct {
	hosts  []string // of URLs that need this form, or the domains that they are in
	escape *strings.Replacer
	body   func(text string) any
}

// defaultForm is the form of receivers that aren't known.
const defaultForm = "json"

// forms are the forms of chat programs, which show a text.
var forms = map[string]form{
	"slack": {
		hosts:  []string{"hooks.slack.com", "hooks.slack-gov.com"},
		escape: slackEscaper,
		body:   func(text string) any { return map[string]string{"text": text} },
	},
	"discord": {
		hosts:  []string{"discord.com", "discordapp.com"},
		escape: markdownEscaper,
		body: func(text string) any {
			return map[string]any{"content": text, "allowed_mentions": map[string]any{"parse": []string{}}}
		},
	},
	"teams": {
		hosts:  []string{"webhook.office.com", "outlook.office.com", "logic.azure.com", "powerplatform.com"},
		escape: markdownEscaper,
		body: func(text string) any {
			card := map[string]any{
				"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
				"body": []any{map[string]any{"type": "TextBlock", "text": text, "wrap": true}},
			}
			return map[string]any{"type": "message", "attachments": []any{
				map[string]any{"contentType": "application/vnd.microsoft.card.adaptive", "content": card},
			}}
		},
	},
}

// slackEscaper escapes the characters of mentions and links in Slack's format.
var slackEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// markdownEscaper escapes the characters of mentions, links and styles in Markdown.
var markdownEscaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "`", "\\`", "|", `\|`, "<", `\<`, ">", `\>`,
	"[", `\[`, "]", `\]`, "@", `\@`, "#", `\#`)

// formFor returns the form with a name or, without one, that of a URL.
func formFor(name, raw string) (form, error) {
	if name == "" {
		name = formOf(raw)
	}
	if name == defaultForm {
		return form{escape: slackEscaper}, nil
	}
	f, known := forms[name]
	if !known {
		return f, errors.New("the webhook's form is json, slack, discord or teams")
	}
	return f, nil
}

func formOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return defaultForm
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	for name, f := range forms {
		for _, known := range f.hosts {
			if host == known || strings.HasSuffix(host, "."+known) {
				return name
			}
		}
	}
	return defaultForm
}
