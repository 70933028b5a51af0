/** What departments can rent: definitions of apps with their process, form, clocks and texts. */
package govcloud.domain.catalogue;
