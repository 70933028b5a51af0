/** Cases that clerks work on: the process of an app's definition applied to one matter. */
package govcloud.domain.casework;
