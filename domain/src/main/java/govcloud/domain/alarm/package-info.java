/** What operators have to look at: since when, and until when. */
package govcloud.domain.alarm;
