/** What rehearsals of a recovery have shown, as this cloud's nodes tell it. */
package govcloud.node.replication.drill;
