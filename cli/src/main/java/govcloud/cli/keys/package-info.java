/** The keys of a cloud: made once with several people in the room, then looked at and rotated. */
package govcloud.cli.keys;
