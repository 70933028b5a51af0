/** Namespaces, links, packet rules, disks and processes that vanish with the run that made them. */
package govcloud.faultlab.sandbox;
