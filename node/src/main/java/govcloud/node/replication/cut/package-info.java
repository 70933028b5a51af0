/** The daily cut of the whole cloud: scheduled, made, countersigned by the sibling, shown. */
package govcloud.node.replication.cut;
