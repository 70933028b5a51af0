// A real OpenID provider for tests: whoever says who he is, is. Prints its address when it listens.
// Arguments: where the cloud wants people back, its secret, and where it is told of sign-outs.
import crypto from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

const [back, secret, gone] = process.argv.slice(2);
const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'govcloud', client_secret: secret, redirect_uris: [back], backchannel_logout_uri: gone }],
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time'] },
    cookies: { keys: [crypto.randomBytes(32).toString('hex')] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    findAccount: (context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
    // The government has agreed for its people that this cloud may know who they are.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client.clientId,
        accountId: context.oidc.session.accountId,
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) {
      answer(request, response);
    } else if (request.method === 'GET') {
      response.setHeader('Content-Type', 'text/html');
      response.end('<form method="post"><input name="person"><input name="amr"><button>in</button></form>');
    } else {
      let body = '';
      for await (const chunk of request) body += chunk;
      const form = new URLSearchParams(body);
      await provider.interactionFinished(request, response, {
        login: { accountId: form.get('person'), amr: form.get('amr').split(' '), remember: false },
      });
    }
  });
  console.log(`listening ${issuer}`);
});
// Ends with whoever has started it.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
