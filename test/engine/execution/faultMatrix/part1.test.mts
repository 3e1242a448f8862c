import { testMatrixPart } from '../../faults/matrixPart.mts';

testMatrixPart(__filename);
