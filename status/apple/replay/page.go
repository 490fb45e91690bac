package replay

import (
	"bytes"
	"html/template"
)

// shellPage is what Apple's server sends: a frame that a script fills in the
// reader's browser.
const shellPage = `<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>System Status (played)</title>
</head>
<body>
<div id="ssp"></div>
</body>
</html>
`

// lights is the table that Apple's script makes of the feed, one light a row.
var lights = template.Must(template.New("lights").Parse(`<div id="ssp"><main id="ssp-main" class="main" role="main">
<section class="section-lights"><table id="ssp-lights-table" role="presentation"><tbody>
{{range .}}<tr><td class="info-tooltip-wrapper"><div class="light-container"><div class="light-content light-image"><div class="light-{{.Light}}"></div></div><div class="light-content light-name"><span role="text">{{.Name}} <span class="a11y">: {{.Light}}</span></span></div></div></td></tr>
{{end}}</tbody></table></section>
</main></div>`))

// renderedPage is the shell with rows in it: the service's light as given, all
// others "available".
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
		panic(err) // can't be: a constant template and plain strings
	}
	return bytes.Replace([]byte(shellPage), []byte(`<div id="ssp"></div>`), table.Bytes(), 1)
}
