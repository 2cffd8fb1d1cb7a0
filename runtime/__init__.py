"""What processes need to run: settings, certificates, logs, the SOAP adapter."""
