/** What an agreement lets through between departments, and the evidence of it. */
package govcloud.exchange;
