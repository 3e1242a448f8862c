import { join } from 'node:path';
import { readWorkflow, type Workflow } from '../n8n/workflow.mts';
import { projectFolder } from '../project.mts';

export const exampleFile = join(projectFolder, 'examples', 'payment-order.json');

export const readExample = (): Promise<Workflow> => readWorkflow(exampleFile);
