/** What of an answer is let out: the agreed fields, masked as agreed. */
package govcloud.exchange.release;
