package replay

import (
	"bytes"
	"html/template"
)

// shellPage is like the HTML of Apple's server: a shell that a script fills in
// the browser.
const shellPage = `<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>System Status (simulated)</title>
</head>
<body>
<div id="ssp"></div>
</body>
</html>
`

// lights is the table that Apple's script renders from the feed.
var lights = template.Must(template.New("lights").Parse(`<div id="ssp"><main id="ssp-main" class="main" role="main">
<section class="section-lights"><table id="ssp-lights-table" role="presentation"><tbody>
{{range .}}<tr><td class="info-tooltip-wrapper"><div class="light-container"><div class="light-content light-image"><div class="light-{{.Light}}"></div></div><div class="light-content light-name"><span role="text">{{.Name}} <span class="a11y">: {{.Light}}</span></span></div></div></td></tr>
{{end}}</tbody></table></section>
</main></div>`))

// renderedPage returns the shell with the table: the service's light as given,
// all others "available".
func renderedPage(service, light string) []byte {
	type row struct{ Name, Light string }
	var rows []row
	for _, name := range rowNames(service) {
		if name == service {
			rows = append(rows, row{name, light})
		} else {
			rows = append(rows, row{name, "available"})
		}
	}
	var table bytes.Buffer
	if err := lights.Execute(&table, rows); err != nil {
		panic(err) // can't happen with a constant template and strings
	}
	return bytes.Replace([]byte(shellPage), []byte(`<div id="ssp"></div>`), table.Bytes(), 1)
}
