/** What every tenant has used, day by day, and how much of its plan is left. */
package govcloud.node.metering;
