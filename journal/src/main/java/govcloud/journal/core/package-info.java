/**
 * The protocol of the slice journal as a machine without threads, clock or I/O: who drives it may
 * be a node or a simulator.
 */
package govcloud.journal.core;
