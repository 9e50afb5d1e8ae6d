// For the bias monitor, until it imports them from where they are.
export { GrowingIntegers, GrowingNumbers } from '../growing.js';
