package govcloud.node.feed;

import java.time.Instant;

/**
 * One thing that has happened, in the terms of CloudEvents 1.0.
 *
 * @param cursor resuming from here gives what follows; events of the record it is in may come again
 * @param id unique in the cloud: slice, position and place in the record
 * @param type such as {@code govcloud.case.action-taken.v1}
 * @param source such as {@code /clouds/extranet}
 * @param subject entity id
 * @param time when it was stored
 * @param tenant the department it belongs to, or an empty string
 * @param sequence version of the subject after it
 * @param data the event as a JSON object with snake_case names
 */
public record FeedEvent(
    String cursor,
    String id,
    String type,
    String source,
    String subject,
    Instant time,
    String tenant,
    long sequence,
    String data) {}
