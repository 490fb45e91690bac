package main

import (
	_ "github.com/mmcdole/gofeed"
	_ "github.com/pb33f/libopenapi-validator"
	_ "github.com/standard-webhooks/standard-webhooks/libraries/go"
)
