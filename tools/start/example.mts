import { join } from 'node:path';
import { readWorkflow, type Workflow } from '../n8n/workflow.mts';
import { projectFolder } from '../project.mts';

/** The order goes out. */
export const orderFile = join(projectFolder, 'examples', 'payment-order.json');
/** The event comes back. */
export const eventFile = join(projectFolder, 'examples', 'payment-event.json');

export const readOrderExample = (): Promise<Workflow> => readWorkflow(orderFile);
export const readEventExample = (): Promise<Workflow> => readWorkflow(eventFile);
