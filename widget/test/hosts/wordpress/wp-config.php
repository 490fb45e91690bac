<?php
// The configuration of the test's WordPress, which gets its values from the test.
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:' . getenv( 'TEST_SOCKET' ) );
define( 'WP_HOME', getenv( 'TEST_SITE' ) );
define( 'WP_SITEURL', getenv( 'TEST_SITE' ) );
define( 'DISABLE_WP_CRON', true );
// It asks nobody but the Worker for anything.
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );

$table_prefix = 'wp_';

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
