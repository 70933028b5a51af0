package govcloud.node.identity;

import govcloud.domain.identity.AccountState;
import java.util.Optional;

/**
 * Who has shown a token that is good.
 *
 * @param account name of the account
 * @param state of the account when the token was looked at, at most a second ago
 * @param session the session that the token belongs to; none: it is the key of a program
 */
record Visitor(String account, AccountState state, Optional<String> session) {}
