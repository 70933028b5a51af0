/** What passes between departments, and that it is written down. */
package govcloud.domain.exchange;
