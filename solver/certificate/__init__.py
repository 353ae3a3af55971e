"""The certificate of a bound: what proves it again without the search that found it."""

from liftplan.solver.certificate.build import certificate, refutation
from liftplan.solver.certificate.combining import joint_certificate
from liftplan.solver.certificate.form import Certificate
from liftplan.solver.certificate.prove import Proof, reprove

__all__ = ["Certificate", "Proof", "certificate", "joint_certificate", "refutation", "reprove"]
