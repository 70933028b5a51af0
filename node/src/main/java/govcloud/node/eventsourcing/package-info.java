/** Runs every aggregate of the domain as a sharded, event-sourced actor over journal records. */
package govcloud.node.eventsourcing;
