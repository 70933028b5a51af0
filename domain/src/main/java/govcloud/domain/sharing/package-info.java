/** What departments share: data resources, and the agreements under which others may see them. */
package govcloud.domain.sharing;
