/**
 * Tries out what the node does when things go wrong:
 *
 *     npm run faults                         every fault, every operation, every mode, 100 items each
 *     npm run faults -- --sequences 10000    as many random sequences of faults
 *     npm run faults -- --planted            the same with mistakes planted, each of which must be seen
 *
 * `--help` names the other flags.
 */
import { require as load } from 'tsx/cjs/api';

// n8n's engine is CommonJS, and must find itself loaded only once: so all of this is, too.
const { main } = load('./faults/main.mts', import.meta.url) as typeof import('./faults/main.mts');
process.exitCode = await main(process.argv.slice(2));
