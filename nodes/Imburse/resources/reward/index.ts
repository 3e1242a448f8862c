import type { Resource } from '../../operation';
import { claim } from './claim';
import { search } from './search';

export const reward: Resource = { value: 'reward', name: 'Reward', operations: [claim, search] };
