/**
 * Measures the node in n8n's engine against the sandbox on this machine, and its forms and the
 * trigger on a real n8n: `npm run bench`, or one part alone with `npm run bench -- forms`
 * (`bench/main.mts` has their names). Nothing is asserted on times, since they belong to the machine;
 * what did not succeed is shown.
 */
import { require as load } from 'tsx/cjs/api';

// n8n's engine is CommonJS, and must find itself loaded only once: so all of this is, too.
const { main } = load('./bench/main.mts', import.meta.url) as typeof import('./bench/main.mts');
await main(process.argv[2]);
