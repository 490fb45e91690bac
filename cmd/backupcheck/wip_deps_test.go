package main

import (
	_ "github.com/mmcdole/gofeed"
	_ "github.com/pb33f/libopenapi-validator"
	_ "github.com/prometheus/client_golang/prometheus/promhttp"
	_ "github.com/standard-webhooks/standard-webhooks/libraries/go"
	_ "golang.org/x/term"
	_ "modernc.org/sqlite"
)
