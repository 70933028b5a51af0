/**
 * Streams of single entities that a view cannot take in: set aside, told to operators, and
 * replayed.
 */
package govcloud.node.projection.parking;
