/**
 * Connections before they are HTTP: how many there are, and whether what comes in on them has one
 * meaning alone. Nothing here knows what a request asks.
 */
package govcloud.node.wire;
