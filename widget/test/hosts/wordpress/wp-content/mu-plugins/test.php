<?php
// WordPress fetches oEmbed answers from public addresses alone. The Worker under test has a local one.
add_filter( 'http_request_host_is_external', '__return_true' );
add_filter( 'http_allowed_safe_ports', fn() => array( parse_url( getenv( 'TEST_WORKER' ), PHP_URL_PORT ) ) );

add_action( 'wp_head', fn() => print( getenv( 'TEST_HEAD' ) ), 0 );
// Where letters are missing, its script for them loads a file from elsewhere.
remove_action( 'wp_head', 'print_emoji_detection_script', 7 );
