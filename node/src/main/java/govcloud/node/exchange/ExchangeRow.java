package govcloud.node.exchange;

import java.time.Instant;
import java.util.List;

/**
 * An exchange in a list; neither the data subject nor what opens the entry.
 *
 * @param id 32 hexadecimal digits
 * @param at when it was asked
 * @param code why nothing was let out; empty where something was
 * @param index of its entry in the ledger
 * @param subjectList the list of its data subject
 * @param policyInput what the policy looked at; empty where it was not asked
 * @param byItself whether nobody asked at that moment; see {@link
 *     govcloud.domain.exchange.ExchangeRecord}
 */
public record ExchangeRow(
    String id,
    Instant at,
    String consumer,
    String provider,
    String agreement,
    String resource,
    String nameZh,
    String nameEn,
    String caseId,
    String person,
    String role,
    List<String> fields,
    List<String> masked,
    String purpose,
    String legalBasis,
    String code,
    String log,
    long index,
    String subjectList,
    String policyInput,
    boolean byItself) {

  public ExchangeRow {
    // rows of versions before have none
    policyInput = policyInput == null ? "" : policyInput;
  }
}
