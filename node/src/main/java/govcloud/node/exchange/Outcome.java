package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.exchange.gate.Explanation;
import govcloud.exchange.gate.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a query, and its record.
 *
 * @param refusal why nothing is let out; none: something is
 * @param records what is let out
 * @param replayed whether it was recorded before
 * @param notice what the consumer has to keep to
 * @param asOf the moment whose state the records are; none: nobody says
 */
record Outcome(
    ExchangeRecord record,
    Optional<Refusal> refusal,
    List<ObjectNode> records,
    Explanation explanation,
    boolean replayed,
    Notice notice,
    Optional<Instant> asOf) {}
