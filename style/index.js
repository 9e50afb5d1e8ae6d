// biome-ignore lint/correctness/useImportExtensions: webpack reads the style sheet itself.
import './index.css';
