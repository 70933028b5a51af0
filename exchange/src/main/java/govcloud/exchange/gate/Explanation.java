package govcloud.exchange.gate;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Masking;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ruling in plain words, for the clerk, the citizen and the supervisor.
 *
 * @param zh in Chinese
 * @param en in English
 */
public record Explanation(String zh, String en) {

  /** Why this came of the query. */
  public static Explanation of(Agreed agreed, Ruling ruling) {
    return ruling
        .refusal()
        .map(refusal -> refused(ExchangeRefusal.valueOf(refusal.code())))
        .orElseGet(() -> permitted(agreed, ruling));
  }

  private static Explanation permitted(Agreed agreed, Ruling ruling) {
    String all = names(ruling.fields().stream());
    String some =
        names(
            ruling.fields().stream().filter(field -> field.masking().rule() != Masking.Rule.PLAIN));
    String basis = agreed.terms().legalBasis();
    boolean free = agreed.terms().matters().isEmpty();
    return new Explanation(
        (free ? "允许：协议不要求办件" : "允许：办件在办、事项相符、由本人承办，查询对象为当事人")
            + "；依据%s，提供 %s%s。".formatted(basis, all, some.isEmpty() ? "" : "，其中脱敏 " + some),
        (free
                ? "Permitted: the agreement asks for no case."
                : "Permitted: the case is open, of an agreed matter, yours, and the person is a"
                    + " party to it.")
            + " By %s these are given: %s%s."
                .formatted(basis, all, some.isEmpty() ? "" : "; masked: " + some));
  }

  private static String names(Stream<Field> fields) {
    return fields.map(Field::item).collect(Collectors.joining(", "));
  }

  /** Why this code is given. */
  public static Explanation refused(ExchangeRefusal code) {
    return switch (code) {
      case EXCHANGE_AGREEMENT_UNKNOWN ->
          new Explanation("拒绝：没有这份共享协议。", "Refused: there is no such agreement.");
      case EXCHANGE_AGREEMENT_NOT_IN_FORCE ->
          new Explanation("拒绝：共享协议未生效、已中止或已到期。", "Refused: the agreement is not in force.");
      case EXCHANGE_EMERGENCY_NOT_ACTIVE ->
          new Explanation(
              "拒绝：应急共享协议未启用或已到期。", "Refused: the emergency agreement is not activated now.");
      case EXCHANGE_CASE_UNKNOWN ->
          new Explanation("拒绝：没有所引用的办件。", "Refused: the cited case is not there.");
      case EXCHANGE_CASE_CLOSED ->
          new Explanation("拒绝：所引用的办件已办结。", "Refused: the cited case is finished.");
      case EXCHANGE_CASE_OTHER_MATTER ->
          new Explanation(
              "拒绝：所引用办件的事项不在协议范围内。", "Refused: the cited case is of a matter not agreed on.");
      case EXCHANGE_CASE_NOT_YOURS ->
          new Explanation("拒绝：所引用的办件不由本人承办。", "Refused: somebody else handles the cited case.");
      case EXCHANGE_SUBJECT_NOT_PARTY ->
          new Explanation(
              "拒绝：查询对象不是本办件当事人。", "Refused: the person is not a party to the cited case.");
      case EXCHANGE_FIELD_NOT_AGREED ->
          new Explanation("拒绝：超出协议约定的字段。", "Refused: a wanted field was not agreed on.");
      case EXCHANGE_POLICY_DENIED ->
          new Explanation("拒绝：协议规则不允许。", "Refused: the agreement's policy does not allow it.");
      case EXCHANGE_QUOTA_USED ->
          new Explanation("拒绝：今日查询次数已用完。", "Refused: today's queries are used up.");
      case EXCHANGE_MESSAGE_REUSED ->
          new Explanation(
              "拒绝：消息编号已用于另一次查询。", "Refused: the message id was used for another query.");
      case EXCHANGE_PROVIDER_AWAY ->
          new Explanation("拒绝：提供方没有应答。", "Refused: the provider does not answer.");
      case EXCHANGE_ANSWER_MALFORMED ->
          new Explanation(
              "拒绝：提供方的返回不合约定格式。", "Refused: the provider's answer does not have the agreed form.");
      case EXCHANGE_LEDGER_REFUSED ->
          new Explanation("拒绝：无法存证，不予提供。", "Refused: it cannot be recorded, so nothing is given.");
      default -> whole(code);
    };
  }

  /** Why not everything is given at once, or not otherwise. */
  private static Explanation whole(ExchangeRefusal code) {
    return switch (code) {
      case EXCHANGE_MODE_NOT_AGREED ->
          new Explanation(
              "拒绝：协议约定的共享方式不同（逐条查询、文件或批量）。",
              "Refused: it was agreed on in another mode: queries, a file or a batch.");
      case EXCHANGE_FILE_NONE ->
          new Explanation("拒绝：提供方目前没有可提供的文件。", "Refused: the provider has no file now.");
      default -> subscription(code);
    };
  }

  /** Why changes are not told, or not posted. */
  private static Explanation subscription(ExchangeRefusal code) {
    return switch (code) {
      case EXCHANGE_CHANGES_NOT_OFFERED ->
          new Explanation("拒绝：该数据资源不提供变更订阅。", "Refused: the resource does not tell of changes.");
      case EXCHANGE_SUBSCRIPTION_UNBOUND ->
          new Explanation(
              "拒绝：协议既未限定事项也未限定记录范围，不得订阅。",
              "Refused: the agreement names neither matters nor a row filter.");
      case EXCHANGE_SUBSCRIPTION_ENDED ->
          new Explanation("拒绝：订阅已结束或已到期。", "Refused: the subscription is over.");
      case EXCHANGE_CHANGES_FORGOTTEN ->
          new Explanation(
              "拒绝：逾期未取的变更已不再保留，请重新查询。",
              "Refused: changes that nobody fetched in time are forgotten; query again.");
      case EXCHANGE_CALLBACK_UNDECLARED, EXCHANGE_CALLBACK_REFUSED ->
          new Explanation("拒绝：没有可用的回调地址。", "Refused: there is no address to call back.");
      default -> crossing(code);
    };
  }

  /** Why another cloud, or this one, did not take what the other has sent. */
  private static Explanation crossing(ExchangeRefusal code) {
    return switch (code) {
      case EXCHANGE_CLOUD_TERMS_OTHER ->
          new Explanation(
              "拒绝：双方所持协议版本不一致。", "Refused: the clouds hold different terms of the agreement.");
      case EXCHANGE_CLOUD_ANSWER_WRONG ->
          new Explanation(
              "拒绝：对方云的应答未通过校验，不予采用。",
              "Refused: the other cloud's answer cannot be believed, so it is not used.");
      default ->
          new Explanation(
              "拒绝：跨云报文未通过校验。", "Refused: the message between the clouds was not accepted.");
    };
  }
}
