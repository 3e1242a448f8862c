// Stryker loads this in several processes, none of which reads TypeScript by itself.
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import 'tsx';

const { MirroredTests } = await import('./mirroredTests.mts');
const create = () => new MirroredTests(process.cwd());

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'mirrored', create)];
