package govcloud.domain.exchange;

import java.util.List;

/**
 * What is kept of one query beside its entry in the ledger: with it the entry can be shown to those
 * whom it is about, and its fields can be opened. Never what was answered.
 *
 * @param id of the exchange and of its entry, 32 hexadecimal digits
 * @param consumer the department that asked
 * @param provider the department that was asked
 * @param agreement id of the agreement
 * @param resource id of the data resource
 * @param nameZh what the resource is called in Chinese
 * @param nameEn and in English
 * @param caseId app and id of the cited case, with a slash between them
 * @param person the clerk
 * @param role in which the clerk asked
 * @param subject document number of the data subject
 * @param fields what was let out; empty where nothing was
 * @param masked of these something was hidden
 * @param purpose as the agreement says
 * @param legalBasis as the agreement says
 * @param code why nothing was let out; empty where something was
 * @param requestHash lower-case hexadecimal SHA-256 of the query
 * @param policyInput what the policy looked at; empty where it was not asked
 * @param log key of the ledger
 * @param index of the entry in the ledger
 * @param leaf the entry's bytes, base 64
 * @param secret opens the entry's fields, base 64
 * @param byItself whether nobody asked at that moment and about that person: it was told by a
 *     callback, delivered after it had waited, or is one of a batch
 */
public record ExchangeRecord(
    String id,
    String consumer,
    String provider,
    String agreement,
    String resource,
    String nameZh,
    String nameEn,
    String caseId,
    String person,
    String role,
    String subject,
    List<String> fields,
    List<String> masked,
    String purpose,
    String legalBasis,
    String code,
    String requestHash,
    String policyInput,
    String log,
    long index,
    String leaf,
    String secret,
    boolean byItself) {

  public ExchangeRecord {
    fields = List.copyOf(fields);
    masked = List.copyOf(masked);
  }

  /** Whether anything was let out. */
  public boolean permit() {
    return code.isEmpty();
  }
}
