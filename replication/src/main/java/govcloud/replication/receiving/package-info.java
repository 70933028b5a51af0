/** What a cloud does with what its sibling sends: verify, keep, give a receipt. */
package govcloud.replication.receiving;
