<?php
// Installs the site and publishes the pages. Prints the address of each as JSON.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = parse_url( getenv( 'TEST_SITE' ), PHP_URL_HOST );
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

// Nobody gets the mail about the new site.
add_filter( 'pre_wp_mail', '__return_true' );
$admin = wp_install( 'Support', 'admin', 'admin@host.example', true )['user_id'];
$author = wp_insert_user( array( 'user_login' => 'author', 'user_pass' => 'author', 'role' => 'author' ) );

$worker  = getenv( 'TEST_WORKER' );
$script  = "<script src=\"$worker/embed.js\" async></script>";
$element = "<backup-check compact=\"false\"></backup-check>\n$script";
$html    = fn( $tags ) => "<!-- wp:html -->\n<div id=\"place\">$tags</div>\n<!-- /wp:html -->";
$embed   = fn( $url ) => '<!-- wp:embed {"url":"' . $url . '"} -->' .
	"\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\n$url\n</div></figure>\n<!-- /wp:embed -->";
$stack   = '{"layout":{"type":"flex","orientation":"vertical","justifyContent":"center"}}';

$pages = array(
	'element'  => array( $admin, $html( $element ) ),
	'script'   => array( $admin, $html( $script ) ),
	'stack'    => array( $admin, "<!-- wp:group $stack -->\n<div class=\"wp-block-group\">" . $html( $element ) . "</div>\n<!-- /wp:group -->" ),
	'classic'  => array( $admin, "Is it Apple?\n\n<div id=\"place\">\n\n$element\n\n</div>\n\nWrite to us." ),
	'multiline' => array( $admin, "Is it Apple?\n\n<div id=\"place\"><script\n  src=\"$worker/embed.js\"\n  async\n></script></div>\n\nWrite to us." ),
	'stripped' => array( $author, $html( "Support $element" ) ),
	'site'     => array( $author, $embed( "$worker/" ) ),
	'widget'   => array( $author, $embed( "$worker/widget?theme=dark" ) ),
);
$addresses = array();
foreach ( $pages as $name => list( $user, $content ) ) {
	wp_set_current_user( $user ); // decides what is stripped
	$post = array( 'post_title' => $name, 'post_content' => wp_slash( $content ), 'post_status' => 'publish' );
	$addresses[ $name ] = get_permalink( wp_insert_post( $post ) );
}
echo json_encode( $addresses );
