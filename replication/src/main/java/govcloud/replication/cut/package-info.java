/** The daily cut: made from the home cloud's archive, proved and countersigned by the sibling. */
package govcloud.replication.cut;
